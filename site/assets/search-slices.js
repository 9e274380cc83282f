var bulletin=bulletin||{};bulletin.data=(()=>{"use strict";const FIELDS=[0,1,2];const VALUES=[];Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_").forEach((digit,value)=>{VALUES[digit.charCodeAt(0)]=value;});let address="";const received=new Map();const loading=new Map();let archive;function connect(catalog){address=catalog;}
function receive(name,value){received.set(name,value);}
function load(name,source){let promise=loading.get(name);if(promise===undefined){promise=new Promise((resolve,reject)=>{const script=document.createElement("script");script.src=source;script.onload=script.onerror=()=>{script.remove();if(received.has(name)){resolve(received.get(name));received.delete(name);}else{loading.delete(name);reject(new Error("Not loaded: "+source));}};document.head.appendChild(script);});loading.set(name,promise);}
return promise;}
function catalog(){return load("catalog",address);}
async function open(){const{issues,fields}=await catalog();if(archive===undefined){const made={issues:issues,fields:fields,issueOf:[],ids:[]};made.issues.forEach((issue,position)=>{const withdrawn=issue[6]||[];for(let number=1;number<=issue[5]+withdrawn.length;number+=1){if(withdrawn.includes(number)){continue;}
made.issueOf.push(position);made.ids.push(issue[0]+"/"+String(number).padStart(2,"0"));}});archive=made;}
return archive;}
function hash(key){let value=-1;for(let byte=0;byte<2*key.length;byte+=1){value^=(key.charCodeAt(byte>>1)>>(8*(byte&1)))&255;for(let bit=0;bit<8;bit+=1){value=(value>>>1)^(value&1?0xedb88320:0);}}
return~value>>>0;}
function numbers(list){const found=[];let number=0;for(let at=0;at<list.length;at+=1){const digit=VALUES[list.charCodeAt(at)];number=number*32+(digit&31);if(digit<32){found.push(number);number=0;}}
return found;}
function documents(list){const found=numbers(list);for(let at=1;at<found.length;at+=1){found[at]+=found[at-1];}
return found;}
function posting(list,counts){const times=[];const lengths=[];const values=numbers(counts);for(let at=0;at<values.length;at+=1){lengths.push(values[at]>>1);times.push(values[at]&1?values[(at+=1)]:1);}
return{documents:documents(list),times:times,lengths:lengths};}
function read(written){const words=written[1]||{};const known=new Map();return{documents:FIELDS.map((field)=>documents(written[0].split(",")[field]||"")),words:Object.keys(words),postings:(word)=>{if(!known.has(word)&&Object.prototype.hasOwnProperty.call(words,word)){const lists=words[word].split(",");known.set(word,FIELDS.map((field)=>posting(lists[2*field]||"",lists[2*field+1]||"")));}
return known.get(word);},};}
async function entries(keys){const{shards,terms}=await catalog();const found=new Map();await Promise.all(keys.map(async(key)=>{const shard=(hash(key)&(shards-1)).toString(16);const entries=await load("t:"+shard,terms+shard+".js");if(Object.prototype.hasOwnProperty.call(entries,key)){found.set(key,read(entries[key]));}}));return found;}
async function article(document){const id=(await open()).ids[document];return load("a:"+id,(await catalog()).articles+id+".js");}
async function extra(name){return load(name,(await catalog())[name]);}
return{article:article,connect:connect,entries:entries,extra:extra,open:open,receive:receive};})();bulletin.receive=bulletin.data.receive;
